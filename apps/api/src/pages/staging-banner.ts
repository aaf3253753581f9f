const banner =
  '<aside class="staging" aria-label="Staging"><p>This is a trial installation. Nothing sent here reaches the office, and mail goes only to its testers.</p></aside>';

/** A page of a staging installation says first that it is one. Its looks are in `packages/ui/src/base.css`. */
export function addStagingBanner(html: string): string {
  return html.replace(/<body[^>]*>/, (body) => `${body}\n${banner}`);
}
