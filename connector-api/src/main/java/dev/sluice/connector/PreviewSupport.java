package dev.sluice.connector;

/** Whether a source's records can be looked at before it runs, and what they are then. */
public sealed interface PreviewSupport {

  /** Words for people, one sentence. */
  String words();

  /**
   * A preview can be made.
   *
   * @param words which records it shows, such as those that a snapshot would bring
   */
  record Possible(String words) implements PreviewSupport {}

  /**
   * A preview can't be made.
   *
   * @param words why not
   */
  record Impossible(String words) implements PreviewSupport {}
}
