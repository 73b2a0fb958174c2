package io.elottery.web.console.view;

/**
 * A link and its pair key.
 *
 * @param link as one reads it: {@code worker-1 – worker-2}
 * @param purpose neighbours or replicas
 * @param epoch which version of the key
 * @param stage where that version is in its life
 * @param age how old it is, in words
 * @param confirmed how many ends hold it: {@code 2/2}
 * @param ends what each end says, in words
 * @param state {@code green}, {@code yellow} or {@code red}: decides the colour
 * @param why empty when all is well
 */
public record KeyRow(
    String link,
    String low,
    String high,
    String purpose,
    String epoch,
    String stage,
    String age,
    String confirmed,
    String ends,
    String state,
    String why) {
  /** As main takes it in a request. */
  public String scope() {
    return low + "," + high;
  }
}
