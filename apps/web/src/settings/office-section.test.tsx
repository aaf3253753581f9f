// @vitest-environment happy-dom
import { screen, waitFor } from "@testing-library/dom";
import { expect, test } from "vitest";
import { startFakeServer } from "../testing/fake-server";
import { openApp } from "../testing/open-app";
import { sampleTokens } from "../testing/sample-data";

test("resumes are shown to people who may only read by one tick, and the table of roles says so at once", async () => {
  const server = startFakeServer({ "auth.refresh": () => sampleTokens({ role: "ADMIN" }) });
  const { user } = openApp("/app/settings/people");
  const tick = await screen.findByRole("checkbox", {
    name: "People who may only read also see and download resumes",
  });
  const allowed = (permission: string) =>
    [
      ...(screen.getByRole("rowheader", { name: permission }).parentElement?.querySelectorAll("td svg") ??
        []),
    ].map((sign) => sign.getAttribute("aria-label"));
  const withoutReaders = ["Yes", "Yes", "Yes", "No"];
  expect(allowed("Read resumes")).toEqual(withoutReaders);
  await user.click(tick);
  await waitFor(() => expect(allowed("Read resumes")).toEqual(["Yes", "Yes", "Yes", "Yes"]));
  expect(allowed("Download original resumes")).toEqual(["Yes", "Yes", "Yes", "Yes"]);
  expect(allowed("Add a newer resume to a lead")).toEqual(withoutReaders);
  expect(server.asked("settings.update")).toEqual([{ readOnlySeesResumes: true }]);
});
