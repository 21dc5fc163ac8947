/** The titles on the first page of the drafts, and how many drafts there are: a header says it. */
export async function drafts(newsroom) {
  const answer = await fetch(`${newsroom}/posts?status=draft&_start=0&_end=5`);
  const posts = await answer.json();
  return { titles: posts.map((post) => post.title), total: Number(answer.headers.get("x-total-count")) };
}
