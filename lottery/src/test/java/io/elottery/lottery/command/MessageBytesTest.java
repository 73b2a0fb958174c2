package io.elottery.lottery.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.lottery.answer.LotteryAnswer;
import io.elottery.lottery.query.LotteryQuery;
import io.elottery.lottery.reply.LotteryReply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The bytes of every message are as recorded; a change of them is a new version. Recorded anew with
 * {@code -Dgolden=rewrite}.
 */
class MessageBytesTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden/lottery-messages.txt");

  private interface Decoder {
    Object decode(byte[] bytes) throws MalformedMessage;
  }

  private record Message(Object value, byte[] bytes, Decoder decoder) {
    String line() {
      return value.getClass().getSimpleName() + " " + HexFormat.of().formatHex(bytes);
    }
  }

  private static List<Message> messages() {
    List<Message> all = new ArrayList<>();
    Samples.commands()
        .forEach(each -> all.add(new Message(each, each.encode(), LotteryCommand::decode)));
    Samples.replies()
        .forEach(each -> all.add(new Message(each, each.encode(), LotteryReply::decode)));
    Samples.queries()
        .forEach(each -> all.add(new Message(each, each.encode(), LotteryQuery::decode)));
    Samples.answers()
        .forEach(each -> all.add(new Message(each, each.encode(), LotteryAnswer::decode)));
    return all;
  }

  @Test
  void everyMessageHasASample() {
    TreeSet<String> expected = new TreeSet<>();
    Stream.of(LotteryCommand.class, LotteryReply.class, LotteryQuery.class, LotteryAnswer.class)
        .forEach(family -> leaves(family, expected));

    assertThat(messages())
        .extracting(message -> message.value().getClass().getName())
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  private static void leaves(Class<?> family, TreeSet<String> into) {
    if (family.isSealed()) {
      Arrays.stream(family.getPermittedSubclasses()).forEach(each -> leaves(each, into));
    } else {
      into.add(family.getName());
    }
  }

  @Test
  void bytesAreAsRecorded() throws IOException {
    List<String> lines = messages().stream().map(Message::line).toList();
    if ("rewrite".equals(System.getProperty("golden"))) {
      Files.createDirectories(GOLDEN.getParent());
      Files.write(GOLDEN, lines);
    }

    assertThat(lines).isEqualTo(Files.readAllLines(GOLDEN));
  }

  @Test
  void whatWasWrittenIsRead() throws MalformedMessage {
    for (Message message : messages()) {
      assertThat(message.decoder().decode(message.bytes())).isEqualTo(message.value());
    }
  }

  @Test
  void cutOrLongerBytesAreMalformed() {
    for (Message message : messages()) {
      byte[] bytes = message.bytes();
      for (int length = 0; length <= bytes.length + 1; length++) {
        if (length != bytes.length) {
          assertThat(reads(message, Arrays.copyOf(bytes, length)))
              .as("%s cut to %d", message.line(), length)
              .isFalse();
        }
      }
    }
  }

  @Test
  void anyBytesAreReadOrMalformedAndNothingElse() {
    Random random = new Random(4);
    int read = 0;
    for (Message message : messages()) {
      for (int i = 0; i < 300; i++) {
        byte[] bytes = message.bytes().clone();
        for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
          bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        read += reads(message, bytes) ? 1 : 0;
      }
    }
    assertThat(read).isPositive();
  }

  private static boolean reads(Message message, byte[] bytes) {
    try {
      return message.decoder().decode(bytes) != null;
    } catch (MalformedMessage malformed) {
      assertThat(malformed.getMessage()).isNotBlank();
      return false;
    }
  }
}
