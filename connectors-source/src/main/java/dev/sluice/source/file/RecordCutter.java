package dev.sluice.source.file;

/**
 * Finds where records end in a stream of bytes that comes in pieces. Keeps its state from piece to
 * piece; not thread-safe.
 */
interface RecordCutter {

  /**
   * Scans on.
   *
   * @param from the first byte that was not scanned yet
   * @param to behind the last byte that is there
   * @return the index of the line feed that ends the record, or -1 if it is not there
   */
  int next(byte[] bytes, int from, int to);

  /** Whether all bytes of the record were ASCII, as far as scanned. */
  boolean ascii();

  /** How many line feeds inside the record were scanned. */
  int innerLines();

  /** Whether the end of the bytes scanned stands inside quotes. */
  boolean insideQuotes();

  /** Prepares for the next record. */
  void reset();
}
