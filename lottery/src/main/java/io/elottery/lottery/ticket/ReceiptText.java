package io.elottery.lottery.ticket;

import io.elottery.lottery.canonical.CanonicalJson;
import io.elottery.lottery.id.Octets;
import io.elottery.lottery.rules.Line;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes a receipt's canonical JSON without a JSON tree between, since every sale writes it twice:
 * to be signed and to be sent. The same bytes as {@link Receipt#toJson()}, which a test holds.
 */
final class ReceiptText {
  private ReceiptText() {}

  /** All keys in their canonical order. */
  static byte[] write(
      String before, Receipt receipt, Optional<Octets> key, Optional<Octets> signature) {
    StringBuilder out = new StringBuilder(before.length() + 1024).append(before);
    out.append("{\"draw\":\"").append(receipt.draw().id());
    out.append("\",\"game\":\"").append(receipt.draw().game().text()).append('"');
    key.ifPresent(octets -> out.append(",\"key\":\"").append(octets.base64()).append('"'));
    out.append(",\"leaf\":\"").append(receipt.leaf().base64()).append("\",\"lines\":[");
    for (int i = 0; i < receipt.lines().size(); i++) {
      line(out.append(i == 0 ? "" : ","), receipt.lines().get(i));
    }
    out.append("],\"position\":").append(receipt.position());
    out.append(",\"price\":").append(receipt.price().minorUnits());
    out.append(",\"salt\":\"").append(receipt.salt().base64()).append('"');
    signature.ifPresent(
        octets -> out.append(",\"signature\":\"").append(octets.base64()).append('"'));
    out.append(",\"soldAt\":\"").append(receipt.soldAt());
    out.append("\",\"ticket\":\"").append(receipt.ticket()).append("\"}");
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void line(StringBuilder out, Line line) {
    if (!line.picks().keySet().stream().allMatch(ReceiptText::isPlain)) {
      out.append(CanonicalJson.text(line.toJson()));
      return;
    }
    char separator = '{';
    for (Map.Entry<String, List<Integer>> pick : line.picks().entrySet()) {
      out.append(separator).append('"').append(pick.getKey()).append("\":[");
      List<Integer> numbers = pick.getValue();
      for (int i = 0; i < numbers.size(); i++) {
        out.append(i == 0 ? "" : ",").append(numbers.get(i).intValue());
      }
      out.append(']');
      separator = ',';
    }
    out.append(line.picks().isEmpty() ? "{}" : "}");
  }

  // What JSON writes as it is.
  private static boolean isPlain(String name) {
    for (int i = 0; i < name.length(); i++) {
      char unit = name.charAt(i);
      if (!(unit >= 'a' && unit <= 'z' || unit >= '0' && unit <= '9')) {
        return false;
      }
    }
    return true;
  }
}
