package dev.sluice.source.file;

import org.jspecify.annotations.Nullable;

/** Turns the bytes of one record into a value. May keep state of the file; not thread-safe. */
interface RecordParser {

  /**
   * The value of a record.
   *
   * @param from where it begins
   * @param to where it ends, line end excluded
   * @param ascii whether all its bytes are known to be ASCII
   * @return the value, or null if there is none to emit, as for a header or a blank line
   */
  @Nullable Object parse(byte[] bytes, int from, int to, boolean ascii) throws MalformedRecord;

  /** Tells that a record was rejected without being parsed. */
  default void skipped() {}
}
