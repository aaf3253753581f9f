import { renderToStaticMarkup, renderToString } from "react-dom/server";
import { renderDocument } from "./document";
import { FormPage } from "./form-page";
import type * as contract from "./page-contract";
import { formTitle } from "./page-titles";
import { ReceiptPage } from "./receipt-page";
import { UnavailablePage, unavailableTitle } from "./unavailable-page";

export const renderFormPage: typeof contract.renderFormPage = ({ assets, ...props }) =>
  renderDocument({
    title: formTitle(props.officeName, props.errors?.length || props.formError ? "error" : "editing"),
    content: renderToString(<FormPage {...props} />),
    assets,
    props,
  });

export const renderReceiptPage: typeof contract.renderReceiptPage = ({ assets, ...props }) =>
  renderDocument({
    title: `We have it – ${props.officeName}`,
    content: renderToStaticMarkup(<ReceiptPage {...props} />),
    assets,
    isPrivate: true,
  });

export const renderUnavailablePage: typeof contract.renderUnavailablePage = ({ assets, ...props }) =>
  renderDocument({
    title: `${unavailableTitle(props.kind)} – ${props.officeName}`,
    content: renderToStaticMarkup(<UnavailablePage {...props} />),
    assets,
    isPrivate: true,
  });
