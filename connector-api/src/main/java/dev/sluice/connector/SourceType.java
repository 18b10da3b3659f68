package dev.sluice.connector;

/** A kind of connector that brings records from elsewhere into topics. */
public non-sealed interface SourceType extends ConnectorType {

  /** Makes a task that has not been started. */
  SourceTask newTask();

  /** Whether {@link #newPreviewTask} is there, with words for people either way. */
  default PreviewSupport preview() {
    return new PreviewSupport.Impossible(
        "It is not known of this type of source that reading from it leaves no traces.");
  }

  /**
   * Makes a task, not started, whose first records are shown to people and then forgotten. They
   * look as those of {@link #newTask} do.
   *
   * <p><b>Invariant preview-without-trace:</b> nothing outside is changed, no position is moved,
   * and no other reader misses a record or has to wait for this one. The task is started without
   * positions as the only one of its connector, never hears {@link SourceTask#acknowledged}, and is
   * interrupted and closed after seconds.
   */
  default SourceTask newPreviewTask() {
    throw new UnsupportedOperationException(preview().words());
  }

  /** Whether its tasks tell a {@link SourceTask#capture}. */
  default boolean capturesChanges() {
    return false;
  }
}
