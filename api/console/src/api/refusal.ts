// Refusals as values: the server's refusal document, or that the server cannot be reached.

export interface FieldError {
  field: string;
  code: string;
  detail: string;
}

export interface Refusal {
  status: number; // of HTTP; 0: no answer came
  code: string;
  detail: string; // in English, for those who search logs; pages show texts by code
  help?: string;
  errors: FieldError[];
}

export const unreachable: Refusal = {
  status: 0,
  code: "unreachable",
  detail: "The server does not answer.",
  errors: [],
};

/// Refusal for an act that waits for a second person, by the security policy.
export const waiting: Refusal = {
  status: 202,
  code: "waits_for_second_person",
  detail: "Proposed: another administrator has to confirm it.",
  errors: [],
};

export async function refusalOf(response: Response): Promise<Refusal> {
  const document: unknown = await response.json().catch(() => null);
  const known = (document ?? {}) as Partial<Refusal>;
  return {
    status: response.status,
    code: known.code ?? `http_${response.status}`,
    detail: known.detail ?? response.statusText,
    help: known.help,
    errors: known.errors ?? [],
  };
}
