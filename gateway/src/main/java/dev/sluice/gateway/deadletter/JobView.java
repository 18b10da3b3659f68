package dev.sluice.gateway.deadletter;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A job as it is at one moment.
 *
 * @param id its name
 * @param topic whose letters it deals with
 * @param act what it does with them
 * @param state how far it is
 * @param started when it began
 * @param ended when it ended, or null while it runs
 * @param total how many offsets or letters it has to look at
 * @param examined how many it has looked at
 * @param done how many letters it has dealt with: durable, and marked so
 * @param refused how many it was to deal with and could not; they stay as they were
 * @param refusals the first of these, with the reason
 * @param error why it stopped before the end, or null
 * @param version grows with each change
 */
public record JobView(
    String id,
    String topic,
    Mark.Act act,
    State state,
    Instant started,
    @Nullable Instant ended,
    long total,
    long examined,
    long done,
    long refused,
    List<Refusal> refusals,
    @Nullable String error,
    long version) {

  /** How far a job is. */
  public enum State {
    RUNNING,
    DONE,
    CANCELLED,
    FAILED
  }

  /**
   * A letter that stays as it was.
   *
   * @param letter its place
   * @param code a stable name for why
   * @param reason why, and what to do
   */
  public record Refusal(LetterId letter, String code, String reason) {}

  public boolean isOver() {
    return state != State.RUNNING;
  }
}
