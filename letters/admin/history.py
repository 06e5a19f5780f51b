from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from simple_history.admin import SimpleHistoryAdmin


class HistoryAdmin(SimpleHistoryAdmin):
    """An admin with a list of who changed what, which is read and never put back.

    Putting an old version back would write all its columns, also those that only ``letters.decisions`` may write.
    """

    object_history_list_template = "admin/history_list.html"

    def save_model(self, request, obj, form, change):
        """Saving a page on which nothing changed is no news."""
        if form.changed_data or not change:
            super().save_model(request, obj, form, change)

    def history_form_view(self, request, object_id, version_id, extra_context=None):
        raise PermissionDenied

    def revert_disabled(self, request, obj=None):
        return True

    def history_view_title(self, request, obj):
        return _("Geschiedenis: %(object)s") % {"object": obj}

    def get_actions(self, request):
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)  # it would not ask has_delete_permission for each row
        return actions
