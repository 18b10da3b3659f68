import { useEffect, useState } from "react";
import { path } from "../../api/client";
import { follow } from "../../api/follow";
import type { DeadLetterJob } from "../../api/schema";
import { lettersChanged } from "./queries";

/** A job that has begun, as it goes on until it is over. */
export function useJob(started: DeadLetterJob): DeadLetterJob {
  const [job, setJob] = useState(started);

  useEffect(() => {
    setJob(started);
    const stop = follow(path`/api/v1/dead-letter-jobs/${started.id}/stream`, {
      onMessage: (data) => {
        const now = JSON.parse(data) as DeadLetterJob;
        setJob(now);
        if (now.state !== "running") {
          stop();
          lettersChanged();
        }
      },
    });
    return stop;
  }, [started]);

  // Until the effect has run, what was followed before is still there.
  return job.id === started.id ? job : started;
}
