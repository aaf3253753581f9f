import type { BrowserContext, Page } from "@playwright/test";

/**
 * What the machine itself can do: the same pages with none of our code. Whoever reads a missed bound of `measure-dashboard.ts` sees beside it
 * what of that is the browser's own work on this machine.
 */

/** Milliseconds from the navigation to the first paint of what `page` shows, as one HTML file with its styles and fonts and no script. */
export async function openBare(context: BrowserContext, page: Page, slowdown: number): Promise<number> {
  const html = await page.evaluate(() => {
    const copy = document.documentElement.cloneNode(true);
    if (!(copy instanceof Element)) throw new Error("There is no page.");
    for (const script of copy.querySelectorAll("script, link[rel=modulepreload]")) script.remove();
    return `<!doctype html>${copy.outerHTML}`;
  });
  const bare = await context.newPage();
  await bare.route("**/bare", (route) =>
    route.fulfill({ contentType: "text/html; charset=utf-8", body: html }),
  );
  const session = await context.newCDPSession(bare);
  await session.send("Network.enable");
  await session.send("Network.clearBrowserCache");
  await session.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
  await bare.goto("/bare", { waitUntil: "commit" });
  const milliseconds = await bare.evaluate(() => window.firstRows);
  await bare.close();
  return milliseconds;
}

/** Milliseconds of each frame while copies of the rows that `page` shows come and go as they do in its list, put there by nothing but the DOM. */
export async function scrollBare(page: Page, stride: number): Promise<number[]> {
  return page.evaluate(
    ({ stride, frames }) =>
      new Promise<number[]>((done) => {
        // Without React's root, and so without our code.
        const body = document.body.cloneNode(true);
        document.documentElement.replaceChild(body, document.body);
        const list = document.querySelector("tbody");
        const rows = [...document.querySelectorAll("tbody tr[aria-rowindex]")];
        const height = rows[0]?.getBoundingClientRect().height ?? Number.NaN;
        if (!list || !(height > 0)) throw new Error("There are no rows.");
        const gap = (pixels: number) => {
          const row = document.createElement("tr");
          row.style.height = `${pixels}px`;
          return row;
        };
        const above = gap(0);
        const below = gap(frames * stride);
        list.replaceChildren(above, ...rows, below);
        window.scrollTo(0, 0);
        const each = Math.ceil(stride / height);
        const lengths: number[] = [];
        let gone = 0;
        let before = performance.now();
        const step = (now: number) => {
          lengths.push(now - before);
          before = now;
          window.scrollBy(0, stride);
          for (let one = 0; one < each; one += 1) {
            above.nextElementSibling?.remove();
            below.before(rows[gone % rows.length]?.cloneNode(true) ?? "");
            gone += 1;
          }
          above.style.height = `${gone * height}px`;
          if (lengths.length <= frames) requestAnimationFrame(step);
          else done(lengths.slice(1));
        };
        setTimeout(() => requestAnimationFrame(step), 1500);
      }),
    { stride, frames: 300 },
  );
}
