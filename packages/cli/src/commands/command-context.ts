/** Takes the exit code of a command that ended as it should. */
export type Finish = (exitCode: number) => void;
