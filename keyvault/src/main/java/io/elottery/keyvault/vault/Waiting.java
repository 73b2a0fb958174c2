package io.elottery.keyvault.vault;

/** Says in words what waits while the record cannot be opened. */
final class Waiting {
  private Waiting() {}

  static String words(String record) {
    int dot = record.indexOf('.');
    String kind = dot < 0 ? record : record.substring(0, dot);
    String of = record.substring(dot + 1);
    return switch (kind) {
      case Vault.AUTHORITY -> "certificates: joining servers and renewals";
      case "token", "token-used" -> "certificates: joining servers and renewals";
      case "pair" -> "the key of link " + of;
      case "receipt-key" -> "the receipt key of shard " + of + " for its new members";
      case "draw-secret" -> of + "'s part in new draws";
      case "alert-webhook" -> "alerts to webhook " + of;
      default -> "record " + record;
    };
  }
}
