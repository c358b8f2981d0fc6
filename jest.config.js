const typescript = {
  extensionsToTreatAsEsm: [".ts"],
  transform: { "^.+\\.ts$": ["@swc/jest", { jsc: { parser: { syntax: "typescript" }, target: "es2023" } }] },
};

export default {
  testSequencer: "<rootDir>/__tests__/longest-first.js",
  projects: [
    { displayName: "unit", testMatch: ["<rootDir>/__tests__/unit/**/*.test.ts"], ...typescript },
    {
      displayName: "e2e",
      testMatch: ["<rootDir>/__tests__/e2e/*.test.ts"],
      ...typescript,
    },
    { displayName: "classic", testMatch: ["<rootDir>/__tests__/e2e/classic/*.test.ts"], ...typescript },
  ],
};
