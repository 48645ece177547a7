// What a server that counts carries: how calls are measured, and the page that shows it. The page is loaded when
// somebody asks for it.
import type { MetricsPage } from "../call/equipment.js";
import { measureTool } from "./calls.js";

const page: MetricsPage = async () => {
  const { contentType, exposeMetrics } = await import("./exposition.js");
  return { contentType, text: await exposeMetrics() };
};

export const serverMetrics = { measure: measureTool, page };
