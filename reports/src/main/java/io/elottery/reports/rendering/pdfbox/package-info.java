/**
 * Health reports as PDF. Entry type: {@link io.elottery.reports.rendering.pdfbox.HealthPdf}. The
 * only package that knows PDFBox. On any thread that may take a second.
 */
@NullMarked
package io.elottery.reports.rendering.pdfbox;

import org.jspecify.annotations.NullMarked;
