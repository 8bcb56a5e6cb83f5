/** The desk's page tells every five minutes how long it was looked at; twice that is more than one telling can hold. */
export const MOST_FOCUS_SECONDS = 600;
