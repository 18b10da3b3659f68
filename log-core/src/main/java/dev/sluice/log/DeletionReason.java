package dev.sluice.log;

/** Why records were deleted. Of several reasons for one record, the first of these counts. */
public enum DeletionReason {
  /** Every group that is to read them has committed them. */
  CONSUMED("read by all groups"),
  /** They were older than the time limit. */
  TIME("older than the time limit"),
  /** The partition was larger than the size limit. */
  SIZE("beyond the size limit"),
  /** Someone asked for it. */
  REQUEST("their deletion was requested");

  private final String words;

  DeletionReason(String words) {
    this.words = words;
  }

  /** The reason in words that follow a colon. */
  public String words() {
    return words;
  }
}
