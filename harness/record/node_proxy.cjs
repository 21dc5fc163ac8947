// Loaded before a plugin's own code (--require): sends Node.js through $HTTP_PROXY, which it heeds by itself only from 22.21 on.
// Everything goes through a tunnel (CONNECT), plain HTTP as well; the three ways out are node:http, node:https and fetch.
"use strict";
const http = require("node:http");
const https = require("node:https");
const tls = require("node:tls");

const proxy = new URL(process.env.HTTP_PROXY);

/** Gives `done(error, socket)` a socket to options.host:options.port that goes through the proxy. */
function tunnel(options, secure, done) {
  const host = options.host || options.hostname || "localhost";
  const port = options.port || (secure ? 443 : 80);
  const asked = http.request({
    agent: false, host: proxy.hostname, port: proxy.port, method: "CONNECT", path: `${host}:${port}`,
    headers: { host: `${host}:${port}` },
  });
  asked.once("error", (error) => done(error));
  asked.once("connect", (answer, socket) => {
    if (answer.statusCode !== 200) {
      socket.destroy();
      done(new Error(`the proxy does not lead to ${host}:${port}: ${answer.statusCode}`));
    } else if (secure) {
      const servername = options.servername || host;
      const secured = tls.connect({ ALPNProtocols: ["http/1.1"], ...options, path: undefined, socket, servername });
      secured.once("error", done);
      secured.once("secureConnect", () => { secured.off("error", done); done(null, secured); });
    } else done(null, socket);
  });
  asked.end();
}

/** A client that knows of HTTP_PROXY by itself asks for the proxy's own address. */
const isProxy = (options) => options.host === proxy.hostname && String(options.port) === proxy.port;

function agent(Agent, secure) {
  class Tunnelling extends Agent {
    createConnection(options, done) {
      if (isProxy(options)) return super.createConnection(options, done);
      tunnel(options, secure, done);
    }
  }
  return new Tunnelling({ keepAlive: true, scheduling: "lifo", timeout: 5000 }); // as the ones that they stand for
}

http.globalAgent = agent(http.Agent, false);
https.globalAgent = agent(https.Agent, true);

/** fetch keeps its dispatcher under this name, once it has been called; its class is found there alone. */
const DISPATCHER = Symbol.for("undici.globalDispatcher.1");
if (typeof fetch === "function") {
  fetch("data:,").catch(() => {});
  const Agent = globalThis[DISPATCHER]?.constructor;
  if (Agent) {
    const connect = (options, done) => {
      const secure = options.protocol === "https:";
      tunnel({ host: options.hostname, port: options.port, servername: options.servername || undefined }, secure, done);
    };
    globalThis[DISPATCHER] = new Agent({ connect });
  }
}
