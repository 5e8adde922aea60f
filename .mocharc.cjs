// The tests are TypeScript, which Node runs from 22.18 on. npm's scripts use the Node of this project.
if (process.features.typescript === undefined || process.features.typescript === false) {
  console.error(
    `Node ${process.versions.node} cannot run these tests. Run: npm run test:one -- FILE`,
  );
  process.exit(1);
}

module.exports = {
  reporter: './tools/reporter.ts',
  'forbid-only': true,
  timeout: 60_000,
};
