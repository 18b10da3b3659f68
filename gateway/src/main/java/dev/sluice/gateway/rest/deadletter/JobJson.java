package dev.sluice.gateway.rest.deadletter;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.gateway.deadletter.JobView;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A job as it is answered. */
@Schema(name = "DeadLetterJob", description = "A job that deals with dead letters.")
@JsonInclude(JsonInclude.Include.NON_NULL)
record JobJson(
    @Schema(examples = "0b0c6c7e-2a57-4f6c-9f0e-0c3d1b0f1a11") String id,
    @Schema(examples = "warehouse.dead-letters") String topic,
    @Schema(description = "sent or discarded: what becomes of the letters.", examples = "sent")
        String act,
    @Schema(description = "running, done, cancelled or failed.", examples = "running") String state,
    Instant started,
    @Schema(description = "Absent while it runs.") @Nullable Instant ended,
    @Schema(description = "How many places it has to look at.", examples = "250") long total,
    @Schema(description = "How many it has looked at.", examples = "100") long examined,
    @Schema(description = "How many letters it has dealt with, durably.", examples = "12")
        long done,
    @Schema(description = "How many could not be dealt with; they stay as they were.") long refused,
    @Schema(description = "The first of these.") List<RefusalJson> refusals,
    @Schema(description = "Why it stopped before the end.") @Nullable String error) {

  /** A letter that stays as it was. */
  @Schema(name = "DeadLetterRefusal", description = "A letter that stays as it was, and why.")
  record RefusalJson(
      @Schema(examples = "0:12") String letter,
      @Schema(examples = "connector-unknown") String code,
      @Schema(description = "Why, and what to do.") String reason) {}

  static JobJson of(JobView job) {
    return new JobJson(
        job.id(),
        job.topic(),
        Words.of(job.act()),
        Words.of(job.state()),
        job.started(),
        job.ended(),
        job.total(),
        job.examined(),
        job.done(),
        job.refused(),
        job.refusals().stream()
            .map(no -> new RefusalJson(no.letter().toString(), no.code(), no.reason()))
            .toList(),
        job.error());
  }
}
