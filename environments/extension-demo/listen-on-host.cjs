// json-server 1.0 takes --host and listens on every address all the same. With this before it, it keeps to $HOST.
const { Server } = require("node:net");
const listen = Server.prototype.listen;

Server.prototype.listen = function (port, ...rest) {
  return listen.call(this, { port, host: process.env.HOST }, ...rest.filter((each) => typeof each === "function"));
};
