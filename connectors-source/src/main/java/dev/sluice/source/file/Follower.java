package dev.sluice.source.file;

import java.io.Closeable;
import java.io.IOException;

/** Decides which file is read next, and reads it. Belongs to the poll thread. */
interface Follower extends Closeable {

  /** For a task that has nothing to do, since one file is not shared. */
  Follower NOTHING =
      new Follower() {
        @Override
        public void follow(BatchBuilder batch) {}

        @Override
        public boolean idle() {
          return true;
        }

        @Override
        public void close() {}
      };

  /** Reads into the batch what is there now, and sets the positions behind it. */
  void follow(BatchBuilder batch) throws IOException;

  /** Whether there was nothing left to read when last looked. */
  boolean idle();
}
