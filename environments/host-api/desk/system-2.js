// What plugins are offered, version 2: a user has no profile any more, and orders come in pages.
window.System = {
  version: '2.0',
  getUser(id) {
    const { name, email, city } = desk.customers.find((each) => each.id === id);
    return { id, displayName: name, email, city };
  },
  async getOrders(id) {
    const { orders } = desk.customers.find((each) => each.id === id);
    return { items: orders.map((total, at) => ({ number: `${id}-${at + 1}`, total })), page: 1 };
  },
};
