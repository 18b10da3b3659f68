package dev.sluice.gateway.manage;

import dev.sluice.gateway.config.ConnectorSpec;
import dev.sluice.gateway.config.DraftResult;

/** What came of a wish to make, change or remove a connector. */
public sealed interface ChangeResult {

  /** It did not exist, and does now. */
  record Created(ConnectorSpec spec) implements ChangeResult {}

  /** It is as was wished, changed or not. */
  record Changed(ConnectorSpec spec) implements ChangeResult {}

  /** It is gone. */
  record Removed(ConnectorSpec spec) implements ChangeResult {}

  /** The declaration has mistakes; nothing was changed. */
  record Refused(DraftResult.Invalid draft) implements ChangeResult {}

  /** The configuration file declares it, so it is changed there; nothing was changed. */
  record InFile(ConnectorSpec spec) implements ChangeResult {}

  /** It was to be a new one, and is there; nothing was changed. */
  record Exists(ConnectorSpec spec) implements ChangeResult {}

  /** What is declared is none of the versions that were to be changed; nothing was changed. */
  record Stale(String name) implements ChangeResult {}

  /** There is no such connector. */
  record Unknown(String name) implements ChangeResult {}

  /** There are as many connectors as may be made over HTTP; nothing was changed. */
  record TooMany(int limit) implements ChangeResult {}

  /** The gateway has not begun to run connectors yet; nothing was changed. */
  record TooEarly() implements ChangeResult {}
}
