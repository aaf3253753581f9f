export type FormMoment = "editing" | "error" | "sending" | "not-sent";

const prefixes: Record<FormMoment, string> = {
  editing: "",
  error: "Error: ",
  sending: "Sending – ",
  "not-sent": "Not sent yet – ",
};

/** The tab's title: says first what is going on, for people who are in another tab or cannot see the page. */
export function formTitle(officeName: string, moment: FormMoment): string {
  return `${prefixes[moment]}Tell us how to reach you – ${officeName}`;
}
