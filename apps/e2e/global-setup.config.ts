import { admin } from "./src/admin";
import { startProduct } from "./src/start-product";

/** Starts the built product for all tests, says where it is in INTAKE_URL, and ends it after the last one. */
export default async function startForTests(): Promise<() => Promise<void>> {
  const product = await startProduct([], { ADMIN_EMAIL: admin.email, ADMIN_PASSWORD: admin.password });
  process.env.INTAKE_URL = product.baseUrl;
  return product.stop;
}
