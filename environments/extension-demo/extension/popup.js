// The popup: the latest comments, each with its day.
async function show() {
  const list = document.querySelector("ul");
  const { newsroom } = await chrome.storage.session.get("newsroom");
  const answer = await fetch(`${newsroom}/comments?_sort=written&_order=desc&_start=0&_end=3`);
  for (const comment of await answer.json()) {
    const line = document.createElement("li");
    line.textContent = `${comment.text} (${comment.written.slice(0, 10)})`;
    list.append(line);
  }
  list.setAttribute("aria-busy", "false");
}

show();
