"""The steps once more, in JavaScript: for shims that run inside a page, a worker, an extension or Node.js."""
