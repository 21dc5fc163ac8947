// In the background: the number of drafts, on the badge.
import { drafts } from "./drafts.js";

chrome.runtime.onMessage.addListener((message) => {
  if (message.newsroom) count(message.newsroom);
});

async function count(newsroom) {
  await chrome.storage.session.set({ newsroom });
  const { titles, total } = await drafts(newsroom);
  await chrome.storage.session.set({ drafts: titles });
  await chrome.action.setBadgeText({ text: String(total) });
}
