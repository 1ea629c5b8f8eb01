// In place of @digitalbazaar/http-client, by which jsonld would fetch contexts; jsonld takes its function when it is loaded, so only a call throws.
const { refuse } = require("../refuse.cjs");

module.exports = { httpClient: () => refuse("@digitalbazaar/http-client") };
