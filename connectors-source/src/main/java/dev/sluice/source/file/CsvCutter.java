package dev.sluice.source.file;

/**
 * Cuts CSV (RFC 4180) at line feeds outside quotes. A quote opens only at the beginning of a field;
 * inside quotes two of them are one. What is malformed is cut like the parser that comes behind
 * would read it, up to the line's end.
 */
final class CsvCutter implements RecordCutter {

  private enum State {
    FIELD_START,
    PLAIN,
    QUOTED,
    QUOTE_IN_QUOTED
  }

  private final byte delimiter;
  private State state = State.FIELD_START;
  private int seen;
  private int innerLines;

  CsvCutter(char delimiter) {
    this.delimiter = (byte) delimiter;
  }

  @Override
  public int next(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      byte b = bytes[i];
      seen |= b;
      if (b == '\n') {
        if (state != State.QUOTED) {
          return i;
        }
        innerLines++;
      } else {
        state = after(b);
      }
    }
    return -1;
  }

  private State after(byte b) {
    return switch (state) {
      case FIELD_START ->
          b == '"' ? State.QUOTED : b == delimiter ? State.FIELD_START : State.PLAIN;
      case PLAIN -> b == delimiter ? State.FIELD_START : State.PLAIN;
      case QUOTED -> b == '"' ? State.QUOTE_IN_QUOTED : State.QUOTED;
      case QUOTE_IN_QUOTED ->
          b == '"' ? State.QUOTED : b == delimiter ? State.FIELD_START : State.PLAIN;
    };
  }

  @Override
  public boolean ascii() {
    return seen >= 0;
  }

  @Override
  public int innerLines() {
    return innerLines;
  }

  @Override
  public boolean insideQuotes() {
    return state == State.QUOTED;
  }

  @Override
  public void reset() {
    state = State.FIELD_START;
    seen = 0;
    innerLines = 0;
  }
}
