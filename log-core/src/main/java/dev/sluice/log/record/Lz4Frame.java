package dev.sluice.log.record;

import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;
import net.jpountz.xxhash.XXHash32;
import net.jpountz.xxhash.XXHashFactory;

/**
 * Unpacks one LZ4 frame (LZ4 Frame Format 1.6) with nothing behind it, as Kafka's clients write and
 * read it:
 *
 * <pre>
 * int32 0x184D2204
 * int8  flags: bits 6-7 version 1, 5 independent blocks, 4 block checksums, 3 content size,
 *       2 content checksum, 0 dictionary
 * int8  bits 4-6: largest block, 4 is 64 KiB, 5 256 KiB, 6 1 MiB, 7 4 MiB
 * int64 content size, if flagged
 * int8  second byte of the XXH32 of flags to content size
 *       blocks: int32 size, bit 31 if stored as it is; bytes; int32 XXH32 of them, if flagged
 * int32 0
 * int32 XXH32 of the content, if flagged
 * </pre>
 *
 * Numbers are little endian. In place of the library's own stream, which allocates twice the
 * largest block for each frame, be it empty; that would let a few bytes cost megabytes.
 */
final class Lz4Frame {

  private static final int MAGIC = 0x184D2204;
  private static final int VERSION_MASK = 0xc2;
  private static final int VERSION_1 = 0x40;
  private static final int INDEPENDENT_BLOCKS = 0x20;
  private static final int BLOCK_CHECKSUMS = 0x10;
  private static final int CONTENT_SIZE = 0x08;
  private static final int CONTENT_CHECKSUM = 0x04;
  private static final int DICTIONARY = 0x01;
  private static final int STORED = 0x8000_0000;

  /** Room that is tried first. */
  private static final int USUAL_RATIO = 8;

  /** A match grows by at most 255 bytes for each of its own. */
  private static final int MAX_RATIO = 256;

  private static final LZ4SafeDecompressor DECOMPRESSOR =
      LZ4Factory.fastestInstance().safeDecompressor();
  private static final XXHash32 HASH = XXHashFactory.fastestInstance().hash32();

  private final byte[] source;
  private final int end;
  private final UnpackedBytes target;
  private int at;
  private int flags;
  private int maxBlockBytes;
  private long contentSize = -1;

  private Lz4Frame(byte[] source, int from, int length, UnpackedBytes target) {
    this.source = source;
    this.at = from;
    this.end = from + length;
    this.target = target;
  }

  static void unpack(byte[] source, int from, int length, UnpackedBytes target)
      throws MalformedException {
    Lz4Frame frame = new Lz4Frame(source, from, length, target);
    frame.header();
    frame.blocks();
    frame.trailer();
  }

  private void header() throws MalformedException {
    if (nextInt() != MAGIC) {
      throw new MalformedException("there is no LZ4 frame");
    }
    int start = at;
    need(2);
    flags = source[at++];
    int sizes = source[at++];
    if ((flags & VERSION_MASK) != VERSION_1
        || (flags & INDEPENDENT_BLOCKS) == 0
        || (flags & DICTIONARY) != 0
        || (sizes & 0x8f) != 0
        || sizes < 0x40) {
      throw new MalformedException("its LZ4 frame is of an unsupported kind");
    }
    maxBlockBytes = 1 << (8 + 2 * (sizes >> 4));
    if (isFlagged(CONTENT_SIZE)) {
      need(8);
      contentSize = LittleEndian.longAt(source, at);
      at += 8;
    }
    need(1);
    if (source[at] != (byte) (HASH.hash(source, start, at - start, 0) >> 8)) {
      throw new MalformedException("the checksum of its LZ4 header is wrong");
    }
    at++;
  }

  private void blocks() throws MalformedException {
    for (int size = nextInt(); size != 0; size = nextInt()) {
      int length = size & ~STORED;
      if (length == 0 || length > maxBlockBytes) {
        throw new MalformedException("an LZ4 block of impossible size " + length);
      }
      need(length);
      if ((size & STORED) != 0) {
        target.expect(length);
        target.ensureRoom(length);
        System.arraycopy(source, at, target.array(), target.size(), length);
        target.added(length);
      } else {
        decompress(length);
      }
      int start = at;
      at += length;
      if (isFlagged(BLOCK_CHECKSUMS) && nextInt() != HASH.hash(source, start, length, 0)) {
        throw new MalformedException("the checksum of an LZ4 block is wrong");
      }
    }
  }

  private void decompress(int length) throws MalformedException {
    int most = (int) Math.min(maxBlockBytes, (long) MAX_RATIO * length);
    int room = Math.min(most, USUAL_RATIO * length);
    while (true) {
      target.ensureRoom(room);
      try {
        target.added(
            DECOMPRESSOR.decompress(source, at, length, target.array(), target.size(), room));
        return;
      } catch (LZ4Exception e) {
        if (room == most) {
          throw new MalformedException("an LZ4 block can't be unpacked: " + e.getMessage());
        }
        room = most; // It may be wrong, or compressed unusually well.
      }
    }
  }

  private void trailer() throws MalformedException {
    if (isFlagged(CONTENT_CHECKSUM)
        && nextInt() != HASH.hash(target.array(), 0, target.size(), 0)) {
      throw new MalformedException("the checksum of its LZ4 content is wrong");
    }
    if (isFlagged(CONTENT_SIZE) && contentSize != target.size()) {
      throw new MalformedException("its LZ4 frame claims another size than it has");
    }
    if (at < end) {
      throw new MalformedException((end - at) + " bytes follow its LZ4 frame");
    }
  }

  private boolean isFlagged(int flag) {
    return (flags & flag) != 0;
  }

  private int nextInt() throws MalformedException {
    need(4);
    at += 4;
    return LittleEndian.intAt(source, at - 4);
  }

  private void need(int bytes) throws MalformedException {
    if (end - at < bytes) {
      throw new MalformedException("its LZ4 frame ends too early");
    }
  }
}
