// How the rules of the guarantee stand on the first day, for whoever founds a coop and wants to know what it could carry.

export const foundingFund = {
  floors: { guarantee: "5000", insurance: "2000", coaching: "0", advances: "0", reserve: "10000", running: "0" },
  workingDays: 7,
  // The share of the pot is what protects it, and grows with it; this sum stands above it until a year of such work is behind a coop.
  clientExposure: "100000",
  clientShare: 250_000,
  holdShare: 100_000,
  startAmount: "3000",
} as const;
