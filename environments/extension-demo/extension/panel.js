// In the page: the three posts that are read most, with their authors. It also tells the worker where the newsroom is.
async function asked(path) {
  const answer = await fetch(path);
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.json();
}

async function panel() {
  const posts = await asked("/posts?_sort=views&_order=desc&_start=0&_end=3");
  const users = await asked("/users");
  const names = Object.fromEntries(users.map((user) => [user.id, user.name]));
  const lines = posts.map((post) => `${post.title} by ${names[post.userId]}: ${post.views.toFixed(0)}`);
  const aside = document.createElement("aside");
  aside.setAttribute("aria-label", "Read most");
  const list = aside.appendChild(document.createElement("ol"));
  for (const line of lines) list.appendChild(document.createElement("li")).textContent = line;
  document.body.prepend(aside);
}

panel();
chrome.runtime.sendMessage({ newsroom: location.origin });
