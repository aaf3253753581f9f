import type { ReactNode } from "react";

interface PageFrameProps {
  officeName: string;
  phone?: string | undefined;
  children: ReactNode;
  /** What happens next, at the side on wide screens. */
  aside?: ReactNode;
}

/** Header, main column, side column and footer of every public page. */
export function PageFrame({ officeName, phone, children, aside }: PageFrameProps) {
  return (
    <>
      <header className="bar">
        <p className="office">{officeName}</p>
        {phone && (
          <a className="help" href={phoneLink(phone)}>
            <span className="q">Trouble sending? Call </span>
            {phone}
          </a>
        )}
      </header>
      <main className={aside ? undefined : "one"}>
        <div>{children}</div>
        {aside}
      </main>
      <footer className="foot">
        <p>No tracking. Nothing on this page comes from anyone else.</p>
      </footer>
    </>
  );
}

/** `tel:` with digits and a leading plus only (RFC 3966). */
export function phoneLink(phone: string): string {
  return `tel:${phone.replace(/(?!^\+)[^0-9]/g, "")}`;
}
