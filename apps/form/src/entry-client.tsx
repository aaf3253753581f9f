import { createErrorReports, watchErrors } from "@intake/client/browser-errors";
import { hydrateRoot } from "react-dom/client";
import "@intake/ui/tokens.css";
import "@intake/ui/fonts.css";
import "@intake/ui/base.css";
import "@intake/ui/icon.svg?url";
import "./form.css";
import "./resume.css";
import "./narrow.css";
import { FormPage } from "./form-page";
import type { FormPageProps } from "./page-contract";

// React hands what it cannot mend to the page as well, and goes on by itself.
watchErrors(createErrorReports({ app: "form", origin: location.origin, route: () => "/" }));

const root = document.getElementById("root");
const props = document.getElementById("form-props")?.textContent;
if (root && props) hydrateRoot(root, <FormPage {...parseProps(props)} />);

/** The server wrote this text from `FormPageProps` into the same page, so its shape is certain. */
function parseProps(text: string): FormPageProps {
  return JSON.parse(text) as FormPageProps;
}
