import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { DeadLetterJob } from "../../api/schema";
import { jobsQuery } from "./queries";

/**
 * The job that a topic's page shows until someone closes it: the one that was begun there last, or else
 * one that is running, whoever has begun it.
 */
export function useTopicJob(topic: string) {
  const [shown, show] = useState<DeadLetterJob>();
  const [closed, setClosed] = useState<string>();
  const running = useQuery(jobsQuery).data?.find(
    (job) => job.topic === topic && job.state === "running" && job.id !== closed,
  );
  const isShown = shown?.topic === topic;
  if (!isShown && running !== undefined) {
    // Kept from here on: that it is over is to be seen, too.
    show(running);
  }
  const close = () => {
    setClosed(shown?.id);
    show(undefined);
  };
  return { job: isShown ? shown : undefined, show, close };
}
