;;; emacs.el --- What the tests ask of Emacs, a function each -*- lexical-binding: t -*-

(require 'flymake)

(setq make-backup-files nil
      auto-save-default nil
      inhibit-startup-screen t
      use-short-answers t
      confirm-kill-processes nil
      ;; Nobody is there to be asked which folder the project is.
      lsp-auto-guess-root t)

(defvar driver-lsp-mode (featurep 'lsp-mode) "Whether lsp-mode is tried; else Eglot.")

(defun driver-open (file)
  (when (get-buffer "*Completions*") (kill-buffer "*Completions*"))
  (switch-to-buffer (find-file-noselect file))
  ;; Much is done only once a command has been.
  (driver--keys '(f13)))

(keymap-global-set "<f13>" #'ignore)

(defun driver-ready ()
  (if (if driver-lsp-mode (bound-and-true-p lsp-managed-mode) (and (fboundp 'eglot-managed-p) (eglot-managed-p)))
      t
    :false))

(defun driver-findings ()
  (vconcat
   (mapcar
    (lambda (finding)
      (save-excursion
        (goto-char (flymake-diagnostic-beg finding))
        `(:line ,(1- (line-number-at-pos)) :character ,(current-column) :text ,(flymake-diagnostic-text finding))))
    (flymake-diagnostics))))

(defun driver-go (line character)
  (goto-char (point-min))
  (forward-line line)
  (forward-char character))

(defun driver-hover ()
  (if driver-lsp-mode
      (run-at-time 0 nil #'lsp-describe-thing-at-point)
    (run-at-time 0 nil (lambda () (eldoc t)))))

(defun driver-hovered ()
  (let ((shown (seq-find (lambda (buffer) (string-match-p "\\`\\( ?\\*eldoc\\|\\*lsp-help\\)" (buffer-name buffer))) (buffer-list))))
    (if shown (with-current-buffer shown (buffer-substring-no-properties (point-min) (point-max))) "")))

(defun driver-definition ()
  (if driver-lsp-mode (lsp-find-definition) (call-interactively #'xref-find-definitions)))

(defun driver-place ()
  `(:file ,(or buffer-file-name "") :line ,(1- (line-number-at-pos)) :character ,(current-column)))

;; Where there is one fix it is carried out, else it is chosen by its title.
(defun driver-fix (title)
  (let ((completing-read-function (lambda (&rest _) title)))
    (if driver-lsp-mode
        (call-interactively #'lsp-execute-code-action)
      (call-interactively #'eglot-code-actions))))

(defun driver-text ()
  (buffer-substring-no-properties (point-min) (point-max)))

(defun driver-type (text)
  (goto-char (point-max))
  (driver--keys (string-to-list text)))

(defun driver--keys (keys)
  (setq unread-command-events (append unread-command-events keys)))

(defun driver-ask ()
  (driver--keys (listify-key-sequence (kbd "C-M-i"))))

(defun driver-offered ()
  (if-let* ((buffer (get-buffer "*Completions*")))
      (with-current-buffer buffer (vconcat (split-string (buffer-substring-no-properties (point-min) (point-max)) "[ \t\n]+" t)))
    ;; The only one is put in at once, without a list.
    (vconcat (split-string (buffer-substring-no-properties (line-beginning-position -2) (point-max)) "[ \t\n:]+" t))))

(defun driver-choose (label)
  (when-let* ((window (get-buffer-window "*Completions*")))
    (with-selected-window window
      (goto-char (point-min))
      (re-search-forward (concat "^" (regexp-quote label) "\\_>"))
      (backward-char)
      (choose-completion))))

(defun Drive (name arguments)
  (apply (intern (concat "driver-" name)) (append arguments nil)))

(let ((pending ""))
  (make-network-process
   :name "driver" :family 'local :service (getenv "DRIVER_SOCKET") :coding 'utf-8 :noquery t
   :filter
   (lambda (process data)
     (setq pending (concat pending data))
     (while-let ((end (string-search "\n" pending)))
       (pcase-let* ((`[,_ ,_ [,name ,arguments] ,id] (json-parse-string (substring pending 0 end)))
                    (_ (setq pending (substring pending (1+ end))))
                    (answer (condition-case problem
                                (with-current-buffer (window-buffer) (Drive name arguments))
                              (error `(:error ,(error-message-string problem)))))
                    (answers (member name '("ready" "findings" "hovered" "place" "text" "offered"))))
         (process-send-string
          process
          (concat (json-serialize (vector id (if (or answers (eq (car-safe answer) :error)) answer :null)) :false-object :false :null-object :null)
                  "\n")))))))
