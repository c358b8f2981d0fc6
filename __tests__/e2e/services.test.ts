/** `checks-network: host`: checks and commands reach the services of the job, where the builder can. */
import { afterAll, beforeAll, expect, it, jest } from "@jest/globals";
import { expectFailure, expectShipped, result } from "./harness/expectations.ts";
import { type Overlay, project, replace, unique } from "./harness/project.ts";
import { registry } from "./harness/registry.ts";
import { POSTGRES_PORT, REDIS_PORT, startServices, stopServices } from "./harness/services.ts";
import { step } from "./harness/step.ts";

jest.setTimeout(400_000);

beforeAll(startServices);
afterAll(stopServices);

const ENV = [
  "SECRET_KEY=only-for-these-tests:aB3.dE6-gH9_jK2+mN5~pQ8*sT1!vW4=yZ7",
  "ALLOWED_HOSTS=shop.example",
  `PGPORT=${POSTGRES_PORT}`,
].join("\n");

/** The shop on PostgreSQL, with a test that needs it, and a system check that asks it. */
const ON_POSTGRES: Overlay = {
  Dockerfile: replace('"django==${DJANGO}"', '"django==${DJANGO}" "psycopg[binary]" redis'),
  "mysite/settings.py": replace(
    /DATABASES = \{[\s\S]*?\n\}\n/,
    'DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql", "NAME": "postgres", "USER": "shop", ' +
      '"HOST": "127.0.0.1", "PORT": os.environ["PGPORT"]}}\n',
  ),
  "shop/tests.py": [
    "from django.db import connection",
    "from django.test import TestCase",
    "from shop.models import Product",
    "",
    "class ProductTest(TestCase):",
    "    def test_count(self):",
    '        self.assertEqual(connection.vendor, "postgresql")',
    "        self.assertEqual(Product.objects.count(), 0)",
    "",
  ].join("\n"),
};

const RUN = [
  "python manage.py test --noinput -v 2",
  // The same test database: at the same time the two would fail.
  "python manage.py test --noinput shop",
  `python -c "import redis; print('redis', redis.Redis(port=${REDIS_PORT}).ping())"`,
];

// On the engine's own builder: docs/examples/services.yml, which examples.test.ts plays. That no cache answers there, and how
// the commands are kept apart, is in __tests__/unit/checks/{django,commands}/bake.test.ts.
it("the project's tests reach PostgreSQL and Redis on a builder of its own, one command after the other", async () => {
  const image = registry.repoName("services");
  const inputs = { image, builder: "shipshape-container", env: ENV, "checks-network": "host" };
  const shop = project("plain", unique(), ON_POSTGRES);
  const tried = await step({ ...inputs, run: RUN.join("\n") }, { project: shop });
  await expectShipped(tried, image);
  const { checks } = result(tried);
  for (const command of RUN.slice(0, 2))
    expect(checks[command]).toMatchObject({ status: "passed", exitCode: 0 });
  expect(tried.log).toContain("redis True");
  expect(tried.log).toContain("Creating test database");
  for (const name of ["system", "migrations", "static", "start"])
    expect(checks[name]).toMatchObject({ status: "passed", cached: false });
});

it("a builder that cannot gets an error that says what to add", async () => {
  const image = registry.repoName("services");
  const inputs = { image, builder: "shipshape-bridged", "checks-network": "host" };
  const { message } = expectFailure(await step(inputs, { project: project("plain") }), "Invalid input");
  expect(message).toContain("driver-opts: network=host");
});
