package dev.sluice.log.partition;

import dev.sluice.log.segment.LogSegment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The segments of a partition by base offset, never none; the last is the active one. Not
 * thread-safe, but {@link #shared} is an immutable copy for readers.
 */
final class SegmentList {

  private final List<LogSegment> segments;
  private List<LogSegment> shared;

  SegmentList(List<LogSegment> segments) {
    this.segments = new ArrayList<>(segments);
    this.shared = List.copyOf(segments);
  }

  List<LogSegment> shared() {
    return shared;
  }

  LogSegment active() {
    return segments.getLast();
  }

  List<Long> baseOffsets() {
    return segments.stream().map(LogSegment::baseOffset).toList();
  }

  void add(LogSegment next) {
    segments.add(next);
    shared = List.copyOf(segments);
  }

  /** Takes out the last one. */
  void removeLast() {
    LogSegment unused = segments.removeLast();
    shared = List.copyOf(segments);
  }

  /** Takes out the segments that end at or before an offset, except the active one. */
  List<LogSegment> removeBelow(long offset) {
    List<LogSegment> removed = new ArrayList<>();
    while (segments.size() > 1 && segments.get(1).baseOffset() <= offset) {
      removed.add(segments.removeFirst());
    }
    shared = List.copyOf(segments);
    return removed;
  }

  /** Takes out the segments behind the one that holds an offset; the last of them first. */
  List<LogSegment> removeAbove(long offset) {
    List<LogSegment> removed = new ArrayList<>();
    while (segments.size() > 1 && segments.getLast().baseOffset() > offset) {
      removed.add(segments.removeLast());
    }
    shared = List.copyOf(segments);
    return removed;
  }

  /** Puts one segment in the place of all others. */
  List<LogSegment> replaceAll(LogSegment only) {
    List<LogSegment> removed = new ArrayList<>(segments.reversed());
    segments.clear();
    add(only);
    return removed;
  }

  /** Whether these are sealed segments of this list that follow each other. */
  boolean hasSealed(List<LogSegment> some) {
    int at = segments.indexOf(some.getFirst());
    int end = at + some.size();
    return at >= 0 && end < segments.size() && segments.subList(at, end).equals(some);
  }

  /** Puts one segment in the place of some that follow each other. */
  void replace(List<LogSegment> some, LogSegment with) {
    int at = segments.indexOf(some.getFirst());
    segments.subList(at, at + some.size()).clear();
    segments.add(at, with);
    shared = List.copyOf(segments);
  }

  /** Gives all segments up; reports the last trouble. */
  void release() throws IOException {
    IOException trouble = null;
    for (LogSegment segment : segments) {
      try {
        segment.release();
      } catch (IOException e) {
        trouble = e;
      }
    }
    if (trouble != null) {
      throw trouble;
    }
  }
}
