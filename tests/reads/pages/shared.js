onconnect = ({ ports: [port] }) => {
  port.onmessage = async (event) => {
    (await (await fetch(new URL("/data?1", event.data))).json()).a;
    port.postMessage((function () { return typeof this; })());
  };
};
