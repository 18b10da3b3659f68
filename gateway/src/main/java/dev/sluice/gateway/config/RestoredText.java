package dev.sluice.gateway.config;

import java.util.ArrayList;
import java.util.List;

/**
 * A text into which secrets have been put back, and where its parts stood before. Contains secrets;
 * never print one. Immutable.
 */
final class RestoredText {

  private final String covered;
  private final String text;
  private final List<Piece> pieces;

  /** What took the place of a cover; offsets in chars. */
  private record Piece(int start, int end, int coverStart, int coverEnd) {}

  private RestoredText(String covered, String text, List<Piece> pieces) {
    this.covered = covered;
    this.text = text;
    this.pieces = pieces;
  }

  /** A text that had no covers. */
  static RestoredText unchanged(String text) {
    return new RestoredText(text, text, List.of());
  }

  String text() {
    return text;
  }

  /** A mistake in the whole text, where people see it. */
  Problem asSeen(Problem problem) {
    Place place = asSeen(new Place(problem.file(), problem.line(), problem.column()));
    return new Problem(
        place.file(),
        place.line(),
        place.column(),
        problem.path(),
        problem.message(),
        problem.suggestion());
  }

  /** Where people see what is at a place of the whole text. */
  Place asSeen(Place place) {
    if (pieces.isEmpty() || place.line() == 0) {
      return place;
    }
    int seen = seen(offset(place.line(), place.column()));
    int lineStart = covered.lastIndexOf('\n', seen - 1) + 1;
    int line = (int) covered.substring(0, seen).chars().filter(c -> c == '\n').count() + 1;
    return new Place(place.file(), line, covered.codePointCount(lineStart, seen) + 1);
  }

  private int offset(int line, int column) {
    int start = 0;
    for (int i = 1; i < line && start >= 0; i++) {
      start = text.indexOf('\n', start) + 1;
    }
    int end = text.indexOf('\n', start);
    int length = text.codePointCount(start, end < 0 ? text.length() : end);
    return text.offsetByCodePoints(start, Math.clamp(column - 1L, 0, length));
  }

  private int seen(int offset) {
    int shift = 0;
    for (Piece piece : pieces) {
      if (offset < piece.start()) {
        break;
      }
      if (offset < piece.end()) {
        return piece.coverStart();
      }
      shift = piece.coverEnd() - piece.end();
    }
    return offset + shift;
  }

  /** Makes one, from the beginning to the end. Used by one thread. */
  static final class Builder {

    private final String covered;
    private final StringBuilder text = new StringBuilder();
    private final List<Piece> pieces = new ArrayList<>();
    private int taken;

    Builder(String covered) {
      this.covered = covered;
    }

    void replace(SecretSpan cover, String secret) {
      text.append(covered, taken, cover.start());
      int start = text.length();
      text.append(secret);
      pieces.add(new Piece(start, text.length(), cover.start(), cover.end()));
      taken = cover.end();
    }

    RestoredText build() {
      text.append(covered, taken, covered.length());
      return new RestoredText(covered, text.toString(), List.copyOf(pieces));
    }
  }
}
