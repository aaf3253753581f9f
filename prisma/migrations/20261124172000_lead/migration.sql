-- Whom a name may belong to already: `first last`, in the form in which names are compared.
CREATE INDEX leads_same_name ON public.leads (public.search_normal(first_name || ' ' || last_name));
