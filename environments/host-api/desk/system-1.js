// What plugins are offered, version 1.
window.System = {
  version: '1.4',
  getUser(id) {
    const { name, email, city } = desk.customers.find((each) => each.id === id);
    return { id, name, profile: { email, city } };
  },
  async getOrders(id) {
    return desk.customers.find((each) => each.id === id).orders.map((total, at) => ({ number: `${id}-${at + 1}`, total }));
  },
};
