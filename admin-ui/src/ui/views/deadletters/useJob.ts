import { useEffect, useState } from "react";
import { ApiError, path } from "../../api/client";
import { follow } from "../../api/follow";
import type { DeadLetterJob } from "../../api/schema";
import { job as jobOf, lettersChanged } from "./queries";

interface Following {
  job: DeadLetterJob;
  /** Whether the gateway does not know it (any more): it knows no job of before its start. */
  isForgotten: boolean;
}

/** A job that has begun, as it goes on until it is over. */
export function useJob(started: DeadLetterJob): Following {
  const [now, setNow] = useState<Following>({ job: started, isForgotten: false });

  useEffect(() => {
    let isOver = false;
    const take = (next: Following) => {
      if (isOver) {
        return;
      }
      setNow(next);
      if (next.isForgotten || next.job.state !== "running") {
        end();
        lettersChanged();
      }
    };
    const ask = async () => {
      try {
        take({ job: await jobOf(started.id), isForgotten: false });
      } catch (failure) {
        // Any other failure passes: the stream is opened anew, and asked about when it is lost again.
        if (failure instanceof ApiError && failure.status === 404) {
          take({ job: started, isForgotten: true });
        }
      }
    };
    setNow({ job: started, isForgotten: false });
    const unfollow = follow(path`/api/v1/dead-letter-jobs/${started.id}/stream`, {
      onMessage: (data) => take({ job: JSON.parse(data) as DeadLetterJob, isForgotten: false }),
      onLost: () => void ask(),
      onProblem: () => void ask(),
    });
    const end = () => {
      isOver = true;
      unfollow();
    };
    return end;
  }, [started]);

  // Until the effect has run, what was followed before is still there.
  return now.job.id === started.id ? now : { job: started, isForgotten: false };
}
