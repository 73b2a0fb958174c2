package io.elottery.web.api;

import io.elottery.lottery.answer.LotteryAnswer.DrawsFound;
import io.elottery.lottery.id.BranchId;
import io.elottery.web.exchange.Problem;
import io.elottery.web.exchange.Unacceptable;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * Where a list over several branches goes on: each branch's own cursor. Written {@code
 * TOR=cursor,MTL=cursor} in base64url; a branch that does not stand in it has no more.
 */
final class DrawsCursor {
  private final Optional<Map<String, String>> cursors;

  private DrawsCursor(Optional<Map<String, String>> cursors) {
    this.cursors = cursors;
  }

  /** What a caller sends back; empty = from the start. */
  static DrawsCursor read(Optional<String> text) throws Unacceptable {
    if (text.isEmpty()) {
      return new DrawsCursor(Optional.empty());
    }
    Map<String, String> cursors = new TreeMap<>();
    try {
      String plain = new String(Base64.getUrlDecoder().decode(text.get()), StandardCharsets.UTF_8);
      for (String part : plain.split(",")) {
        int equals = part.indexOf('=');
        cursors.put(BranchId.of(part.substring(0, equals)).code(), part.substring(equals + 1));
      }
    } catch (IllegalArgumentException | IndexOutOfBoundsException foreign) {
      throw Problem.invalid("cursor", "Expected the value of \"next\" of the page before.")
          .unacceptable();
    }
    return new DrawsCursor(Optional.of(cursors));
  }

  boolean continues(BranchId branch) {
    return cursors.isEmpty() || cursors.get().containsKey(branch.code());
  }

  Optional<String> of(BranchId branch) {
    return cursors.map(all -> all.getOrDefault(branch.code(), ""));
  }

  /** For the page after; empty when no branch has more. */
  static Optional<String> next(Map<BranchId, DrawsFound> pages) {
    StringJoiner plain = new StringJoiner(",");
    pages.forEach(
        (branch, page) -> page.next().ifPresent(next -> plain.add(branch.code() + "=" + next)));
    return plain.length() == 0
        ? Optional.empty()
        : Optional.of(
            Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(plain.toString().getBytes(StandardCharsets.UTF_8)));
  }
}
