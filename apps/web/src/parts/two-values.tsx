interface TwoValuesProps {
  rows: { label: string; saved: string; yours: string }[];
  /** Class of the labels' width. */
  labelWidth: string;
}

/** What is saved beside what somebody wanted to save, after another person was faster (detail 4.48); what differs stands out. */
export function TwoValues({ rows, labelWidth }: TwoValuesProps) {
  return (
    <table className="mt-2 w-full table-fixed border-collapse text-start">
      <thead>
        <tr className="text-xs text-fg-2">
          <td className={labelWidth} />
          <th scope="col" className="py-1 pe-2 text-start font-medium">
            Saved
          </th>
          <th scope="col" className="py-1 text-start font-medium">
            Yours, not saved
          </th>
        </tr>
      </thead>
      <tbody className="align-top">
        {rows.map(({ label, saved, yours }) => (
          <tr key={label} className="border-t border-line-2">
            <th scope="row" className="py-1 pe-2 text-start font-normal text-fg-2">
              {label}
            </th>
            <td className="py-1 pe-2 wrap-anywhere">{saved}</td>
            <td className={`py-1 wrap-anywhere ${saved === yours ? "" : "font-medium"}`}>{yours}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
