// What editors do in React-admin: fifteen calls of its data provider. Each has a line in the outcome: what came back, or the error.
const jsonServerProvider = require("ra-data-json-server");

const provider = jsonServerProvider(process.argv[2]);
const page = (page) => ({ page, perPage: 10 });
const by = (field, order = "ASC") => ({ field, order });

const post = {
  title: "Zephyr", body: "A wind.", status: "draft", views: 0, rating: 3.5, featured: false, tags: [],
  published: "2026-03-02T09:00:00Z", userId: 3,
};

const calls = {
  "list, page 1": ["getList", "posts", { pagination: page(1), sort: by("title"), filter: {} }],
  "list, page 2": ["getList", "posts", { pagination: page(2), sort: by("title"), filter: {} }],
  "list, drafts only": ["getList", "posts", { pagination: page(1), sort: by("title"), filter: { status: "draft" } }],
  "list, most viewed first": ["getList", "posts", { pagination: page(1), sort: by("views", "DESC"), filter: {} }],
  "list, newest first": ["getList", "posts", { pagination: page(1), sort: by("id", "DESC"), filter: {} }],
  "list, searched": ["getList", "posts", { pagination: page(1), sort: by("title"), filter: { q: "meadow" } }],
  "one post": ["getOne", "posts", { id: 7 }],
  "a post that is gone": ["getOne", "posts", { id: 9999 }],
  "the authors of three posts": ["getMany", "users", { ids: [1, 3, 5] }],
  "the comments on a post": [
    "getManyReference", "comments",
    { target: "postId", id: 7, pagination: page(1), sort: by("written", "DESC"), filter: {} },
  ],
  "a new post": ["create", "posts", { data: post }],
  "a post edited": ["update", "posts", { id: 8, data: { ...post, id: 8, title: "Zest" }, previousData: {} }],
  "two posts edited": ["updateMany", "posts", { ids: [10, 12], data: { ...post, status: "archived" } }],
  "a comment deleted": ["delete", "comments", { id: 5, previousData: {} }],
  "two comments deleted": ["deleteMany", "comments", { ids: [6, 11] }],
};

async function outcome(method, resource, params) {
  try {
    return await provider[method](resource, params);
  } catch (error) {
    return { error: error.message, status: error.status, body: error.body };
  }
}

async function main() {
  const outcomes = {};
  for (const [name, call] of Object.entries(calls)) outcomes[name] = await outcome(...call);
  const given = Object.values(outcomes).filter((each) => "data" in each).length;
  console.log(JSON.stringify({ ...outcomes, headline: `${given} of ${Object.keys(calls).length} calls give data` }));
}

main();
